import { proxyFor } from "../../../../tools/network/proxy";

const proxy = "http://proxy.example.com:3128";
const host = "sts.eu-west-1.amazonaws.com";

const chosen = (variables: Record<string, string>, to = host, port = 443) =>
  proxyFor(to, port, variables)?.href;

test.each([
  ["nothing is set", {}, undefined],
  ["HTTPS_PROXY is", { HTTPS_PROXY: proxy }, `${proxy}/`],
  ["it is written small", { https_proxy: proxy }, `${proxy}/`],
  ["it has no scheme", { HTTPS_PROXY: "proxy.example.com:3128" }, `${proxy}/`],
  ["it is empty", { HTTPS_PROXY: "" }, undefined],
  ["only HTTP_PROXY is", { HTTP_PROXY: proxy }, undefined],
  ["NO_PROXY has another host", { HTTPS_PROXY: proxy, NO_PROXY: "example.com, aws.com" }, `${proxy}/`],
  ["NO_PROXY has the host", { HTTPS_PROXY: proxy, NO_PROXY: `a.com,${host}` }, undefined],
  ["NO_PROXY has what is above it", { HTTPS_PROXY: proxy, no_proxy: "amazonaws.com" }, undefined],
  ["NO_PROXY has that with a dot", { HTTPS_PROXY: proxy, NO_PROXY: "a.com .AmazonAWS.com" }, undefined],
  ["NO_PROXY ends as the host does", { HTTPS_PROXY: proxy, NO_PROXY: "zonaws.com" }, `${proxy}/`],
  ["NO_PROXY has another port", { HTTPS_PROXY: proxy, NO_PROXY: "amazonaws.com:8443" }, `${proxy}/`],
  ["NO_PROXY is for all", { HTTPS_PROXY: proxy, NO_PROXY: "*" }, undefined],
])("where %s", (_, variables, expected) => {
  expect(chosen(variables)).toBe(expected);
});

test.each(["localhost", "127.0.0.1", "::1"])("this machine is reached directly: %s", (here) => {
  expect(chosen({ HTTPS_PROXY: proxy }, here)).toBeUndefined();
});

test("a proxy of another kind is refused, without its password", () => {
  expect(() => chosen({ HTTPS_PROXY: "socks5://me:secret@proxy.example.com:1080" })).toThrow(
    "HTTPS_PROXY must be like http://proxy.example.com:3128, got: socks5://…@proxy.example.com:1080",
  );
});
