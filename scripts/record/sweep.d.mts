export function recordSweep(
  root: string,
  name: string,
  options: {
    readonly jobs?: string;
    readonly shard?: string;
    readonly backend?: string;
    readonly from?: string;
    readonly commit?: string;
    readonly partial?: boolean;
  },
  places?: { readonly bundles?: string; readonly results?: string },
): Promise<void>;
