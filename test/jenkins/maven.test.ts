import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fetchArtifact, mirrorOfCentral, pathOf, repositoryUrl, type Artifact } from "./support/maven";

const bytes = Buffer.from("a jar");
const artifact: Artifact = {
  group: "org.example",
  name: "thing",
  version: "1.2",
  sha256: createHash("sha256").update(bytes).digest("hex"),
};
const mirror = (mirrorOf: string): string =>
  `<settings><mirrors><mirror><id>m</id><mirrorOf>${mirrorOf}</mirrorOf><url> https://maven.corp/all </url></mirror></mirrors></settings>`;

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "maven-"));
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

function write(path: string, text: string | Buffer): void {
  mkdirSync(dirname(join(home, path)), { recursive: true });
  writeFileSync(join(home, path), text);
}

describe("where artifacts come from", () => {
  test.each(["*", "central", "external:*", "snapshots, central"])("a mirror of %s is used", (mirrorOf) => {
    expect(mirrorOfCentral(mirror(mirrorOf))).toBe("https://maven.corp/all");
  });

  test.each(["*,!central", "snapshots", "external:http:*"])("a mirror of %s is not", (mirrorOf) => {
    expect(mirrorOfCentral(mirror(mirrorOf))).toBeUndefined();
  });

  test("what is commented out in Maven's settings does not count", () => {
    expect(mirrorOfCentral(`<!-- ${mirror("*")} -->`)).toBeUndefined();
  });

  test("the variable wins over Maven's settings, and these over Maven Central", () => {
    expect(repositoryUrl({ environment: {}, home })).toBe("https://repo.maven.apache.org/maven2");
    write(".m2/settings.xml", mirror("*"));
    expect(repositoryUrl({ environment: {}, home })).toBe("https://maven.corp/all");
    expect(repositoryUrl({ environment: { MAVEN_REPOSITORY_URL: "https://other/" }, home })).toBe(
      "https://other",
    );
  });
});

describe("fetching an artifact", () => {
  let server: Server;
  let served: Buffer | undefined;
  let asked: string[];
  const sources = () => ({
    environment: { MAVEN_REPOSITORY_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    home,
  });
  beforeEach(async () => {
    asked = [];
    served = bytes;
    server = createServer((request, response) => {
      asked.push(request.url ?? "");
      response.writeHead(served ? 200 : 404).end(served);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  test("downloads it from its place in the repository", async () => {
    expect(Buffer.from(await fetchArtifact(artifact, sources()))).toEqual(bytes);
    expect(asked).toEqual(["/org/example/thing/1.2/thing-1.2.jar"]);
  });

  test("takes it from Maven's local repository, where that holds the right bytes", async () => {
    write(`.m2/repository/${pathOf(artifact)}`, bytes);
    await fetchArtifact(artifact, sources());
    expect(asked).toEqual([]);
    write(`.m2/repository/${pathOf(artifact)}`, "half a j");
    await fetchArtifact(artifact, sources());
    expect(asked).toHaveLength(1);
  });

  test("refuses other bytes than the pinned ones", async () => {
    served = Buffer.from("another jar");
    await expect(fetchArtifact(artifact, sources())).rejects.toThrow(`must be ${artifact.sha256}`);
  });

  test("says what is missing and the remedy", async () => {
    served = undefined;
    await expect(fetchArtifact(artifact, sources())).rejects.toThrow(
      /thing 1\.2 could not be had.*\n.*HTTP status 404\nRemedy: .*MAVEN_REPOSITORY_URL/,
    );
  });
});
