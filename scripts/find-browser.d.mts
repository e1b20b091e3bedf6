export function findBrowser(): string | null;
export function requireBrowser(): string;
export function findOrInstallBrowser(say?: (line: string) => void): string;
export function browserFlags(): string[];
