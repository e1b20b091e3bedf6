export interface VitestFailureReport {
  readonly testResults?: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

interface PlaywrightError {
  readonly message?: string;
  readonly value?: string;
}

export interface PlaywrightSuite {
  readonly specs?: readonly {
    readonly ok: boolean;
    readonly file: string;
    readonly line: number;
    readonly title: string;
    readonly tests: readonly { readonly results: readonly { readonly errors?: readonly PlaywrightError[] }[] }[];
  }[];
  readonly suites?: readonly PlaywrightSuite[];
}

export interface PlaywrightFailureReport {
  readonly suites?: readonly PlaywrightSuite[];
  readonly errors?: readonly PlaywrightError[];
}

export function vitestFailures(report: VitestFailureReport): string[];
export function playwrightFailures(report: PlaywrightFailureReport): string[];
