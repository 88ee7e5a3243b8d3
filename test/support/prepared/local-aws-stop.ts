export { stop as default } from "./local-aws";
