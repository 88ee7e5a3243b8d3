export { ciMachine } from "../../../../emulator/ci-machine";
