import { discoverModels } from "./discover";

/** The models there are. To add one, add its folder. */
export const models = discoverModels(__dirname);
