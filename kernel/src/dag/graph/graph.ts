export type Graph = unknown;
