import v8 from "node:v8";
import vm from "node:vm";

v8.setFlagsFromString("--expose-gc");

/** Collects the garbage of this process, between what is timed: dropped arrays free their memory then. */
export const collectGarbage = vm.runInNewContext("gc");
