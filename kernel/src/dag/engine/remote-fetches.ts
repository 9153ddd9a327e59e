/**
 * Results that this thread asked another one for and has not got yet.
 * @module
 */
import type { FromHost } from "./engine-messages.js";
import { errorOf } from "./error-data.js";
import { unpackValues } from "./packed-values.js";
import { RemoteQuestions } from "./remote-questions.js";
import type { EncodedResults } from "./results.js";

type Answer = Extract<FromHost, { readonly kind: "fetched" | "unfetched" }>;

export class RemoteFetches extends RemoteQuestions<EncodedResults> {
  received(message: Answer): void {
    if (message.kind === "unfetched") this.refused(message.fetch, errorOf(message.error));
    else this.answered(message.fetch, { values: unpackValues(message.values), places: message.places });
  }
}
