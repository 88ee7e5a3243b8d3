import { JenkinsDouble, type JenkinsSettings } from ".";

/**
 * Plays a Jenkins server with the settings given, JSON, until standard input ends, for programs in other languages. Prints
 * its address, a line of JSON.
 */
async function main(settings: string): Promise<void> {
  const double = await JenkinsDouble.start(JSON.parse(settings) as JenkinsSettings);
  console.log(JSON.stringify({ url: double.url }));
  process.stdin.resume().on("end", () => {
    process.exit(0);
  });
}

void main(process.argv[2] ?? "");
