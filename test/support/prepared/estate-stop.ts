export { stop as default } from "./estate";
