import { once } from "node:events";
import {
  connect,
  constants,
  createServer,
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from "node:http2";
import { connect as connectTo } from "node:net";
import { buffer } from "node:stream/consumers";

/** A call that is answered here. */
export interface OwnAnswer {
  /** Such as `/tfplugin5.Provider/GetSchema`. */
  readonly path: string;
  /** @param ask asks the server itself */
  readonly answer: (ask: () => Promise<Uint8Array>) => Promise<Uint8Array>;
}

/** For messages of megabytes. */
const roomy = { settings: { initialWindowSize: 2 ** 26 }, maxSessionMemory: 1_000 };
const prefixBytes = 5;

/**
 * Passes the calls of gRPC from one socket on to another, but for one. https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
 * @param at file of the socket that is made
 * @param to file of the socket that the server listens at
 */
export async function relay(at: string, to: string, own: OwnAnswer): Promise<void> {
  const server = connect("http://server", { ...roomy, createConnection: () => connectTo(to) });
  const front = createServer(roomy);
  front.on("stream", (stream, headers) => {
    stream.on("error", () => undefined); // whoever asked has gone
    if (headers[":path"] === own.path) answerItself(stream, own, () => ask(server, headers));
    else passOn(stream, server.request(headers));
  });
  await once(front.listen(at), "listening");
}

function passOn(stream: ServerHttp2Stream, request: ClientHttp2Stream): void {
  let last: IncomingHttpHeaders = {};
  request.on("response", (headers, flags) => {
    if (flags & constants.NGHTTP2_FLAG_END_STREAM) stream.respond(headers, { endStream: true });
    else stream.respond(headers, { waitForTrailers: true });
  });
  request.on("trailers", (trailers: IncomingHttpHeaders) => {
    last = trailers;
  });
  stream.on("wantTrailers", () => {
    stream.sendTrailers(last);
  });
  request.on("error", () => {
    stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  });
  stream.on("close", () => {
    request.close(constants.NGHTTP2_CANCEL);
  });
  stream.pipe(request).pipe(stream);
}

/** The message that a server answers a call without arguments with. */
async function ask(server: ClientHttp2Session, headers: IncomingHttpHeaders): Promise<Uint8Array> {
  const request = server.request(headers);
  request.end(Buffer.alloc(prefixBytes));
  const message = await buffer(request);
  if (message.length < prefixBytes) throw new Error("the server gave no answer");
  return message.subarray(prefixBytes);
}

function answerItself(stream: ServerHttp2Stream, own: OwnAnswer, asking: () => Promise<Uint8Array>): void {
  stream.resume();
  own
    .answer(asking)
    .then((message) => {
      const prefix = Buffer.alloc(prefixBytes);
      prefix.writeUInt32BE(message.length, 1);
      stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
      stream.on("wantTrailers", () => {
        stream.sendTrailers({ "grpc-status": "0" });
      });
      stream.end(Buffer.concat([prefix, message]));
    })
    .catch((error: unknown) => {
      console.error(error);
      stream.close(constants.NGHTTP2_INTERNAL_ERROR);
    });
}
