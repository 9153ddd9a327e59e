// Native ESM: the flag --experimental-vm-modules is in `npm run unit`. Worker files come from
// kernel/dist (jest's transform does not reach worker threads), so the build goes first.
const swc = [
  "@swc/jest",
  { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "es6" }, sourceMaps: "inline" },
];
export default {
  rootDir: ".",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  testEnvironment: "node",
  extensionsToTreatAsEsm: [".ts"],
  transform: { "^.+\\.ts$": swc },
  moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": ["$1.ts", "$1.js", "$1"] },
  modulePathIgnorePatterns: ["<rootDir>/extension/labextension", "<rootDir>/test/artefacts"],
  testTimeout: 30_000,
  reporters: ["default"],
};
