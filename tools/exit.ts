/** Runs a command line program and exits with its code; 1, with the reason, when it throws. */
export function exitWith(main: () => Promise<number>): void {
  main().then(
    (code) => {
      process.exit(code);
    },
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exit(1);
    },
  );
}
