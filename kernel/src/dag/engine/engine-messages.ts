/**
 * What a `RemoteEngine` and its `EngineHost` say to each other. Runs share the port; `id` tells them apart.
 * @module
 */
import type { Kept } from "../graph/packed.js";
import type { Holder } from "../memory/holders.js";
import type { RunRequest, SeenRequest } from "./engine.js";
import type { ErrorData } from "./error-data.js";
import type { RunEvent } from "./events.js";
import type { PackedValues } from "./packed-values.js";
import type { ReportedResults } from "./reported-results.js";

export type ToHost =
  /** the literals of `request.graph` travel in `literals` */
  | { readonly kind: "start"; readonly id: string; readonly request: RunRequest; readonly literals: PackedValues }
  /** wants the events, from the first on */
  | { readonly kind: "watch"; readonly id: string }
  /** nobody can watch or cancel the run any more */
  | { readonly kind: "forget"; readonly id: string }
  | { readonly kind: "cancel"; readonly id: string; readonly reason: string | undefined }
  | { readonly kind: "release"; readonly kept: readonly Kept[] }
  | { readonly kind: "close" }
  | { readonly kind: "cancelTasks"; readonly id: string; readonly tasks: readonly number[] }
  /** answered by `fetched` or `unfetched` with the same number */
  | { readonly kind: "fetch"; readonly fetch: number; readonly kept: readonly Kept[] }
  /** a run that goes on in the caller's thread, and what it tells */
  | { readonly kind: "shown"; readonly id: string; readonly request: SeenRequest }
  | { readonly kind: "shownEvent"; readonly id: string; readonly event: RunEvent }
  /** answers `collect` */
  | { readonly kind: "collected" }
  /** answered by `holders` with the same number */
  | { readonly kind: "askHolders"; readonly fetch: number }
  | { readonly kind: "pause" | "resume"; readonly id: string };

export type FromHost =
  /** the first message */
  | { readonly kind: "hello"; readonly name: string }
  | {
      readonly kind: "results";
      readonly id: string;
      readonly values: PackedValues;
      readonly places: readonly number[];
    }
  | { readonly kind: "kept"; readonly id: string; readonly kept: readonly Kept[] }
  | { readonly kind: "failed"; readonly id: string; readonly error: ErrorData }
  | { readonly kind: "event"; readonly id: string; readonly event: RunEvent }
  /** answers `watch` if there is no such run: no events will come */
  | { readonly kind: "unknown"; readonly id: string }
  | { readonly kind: "closed" }
  /** of a run with the option `report` */
  | { readonly kind: "report"; readonly id: string; readonly report: ReportedResults }
  | {
      readonly kind: "fetched";
      readonly fetch: number;
      readonly values: PackedValues;
      readonly places: readonly number[];
    }
  | { readonly kind: "unfetched"; readonly fetch: number; readonly error: ErrorData }
  /** somebody stopped a run that was `shown` */
  | { readonly kind: "cancelShown"; readonly id: string; readonly reason: string | undefined }
  /** the array memory is nearly full: collect garbage, so that handles that nobody holds are released */
  | { readonly kind: "collect" }
  | { readonly kind: "holders"; readonly fetch: number; readonly holders: readonly Holder[] }
  /** somebody paused a run that was `shown`, or lets it go on */
  | { readonly kind: "pauseShown" | "resumeShown"; readonly id: string }
  /** `by` runs again what the run of the caller was; its outcome follows */
  | { readonly kind: "repeated"; readonly id: string; readonly by: string };
