import { Writable } from "node:stream";
import { runProgram } from "../../../cli/program";
import type { Stream } from "../../../cli/screen";
import { estateFolder } from "../../support/environments";

export { mockSts } from "../../support/sts";

/** A stream that keeps what it gets. */
export class Kept extends Writable {
  text = "";

  constructor(
    readonly isTTY = false,
    readonly onText: (text: string) => void = () => undefined,
    readonly columns = 100,
  ) {
    super();
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    this.onText(chunk.toString());
    done();
  }
}

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

interface Options {
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** Folder of environment files. @default the tests' own */
  readonly environments?: string;
  /** Whether both streams are terminals. */
  readonly terminal?: boolean;
  /** Arguments after all others, which may hold spaces or be empty. */
  readonly rest?: readonly string[];
  /** Gets what the program says beside its answer, as it says it. */
  readonly onError?: (text: string) => void;
}

/** Runs the program in this process. */
export async function mlops(
  args: string,
  { variables = {}, environments = estateFolder, terminal, rest = [], onError }: Options = {},
): Promise<Ran> {
  const [out, err] = [new Kept(terminal), new Kept(terminal, onError)];
  const surroundings = { directory: "/", variables, out: out as Stream, err: err as Stream };
  const code = await runProgram([...args.split(" "), "--environments", environments, ...rest], surroundings);
  return { code, out: out.text, err: err.text };
}

/** What `--json` printed. */
export const jsonOf = ({ out }: Ran): unknown => JSON.parse(out);
