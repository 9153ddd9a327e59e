import { MimeModel } from "@jupyterlab/rendermime";
import type { JSONObject } from "@lumino/coreutils";
import { Panel, Widget } from "@lumino/widgets";
import type { RunBundle } from "dagbook/dashboard-messages";
import type { CommClient } from "../renderer/comm-client.js";
import { element } from "../renderer/element.js";
import { RUN_MIME_TYPE, RunWidget } from "../renderer/run-widget.js";
import { trans } from "../view/index.js";
import { bundleOf } from "./bundle-of.js";
import { runsIcon } from "./icon.js";
import type { KernelLines } from "./kernel-lines.js";

/** Which run a panel shows. */
export interface RunPlace {
  /** id of the kernel that ran it */
  readonly kernel: string;
  readonly run: string;
}

/**
 * The view of a run away from its notebook: also of one whose output was never saved, as long as its kernel knows it.
 */
export class RunPanel extends Panel {
  readonly place: RunPlace;
  readonly #lines: KernelLines;
  readonly #excludeClosed: () => void;
  readonly #message = element("p", "dagbook-empty");
  #client: CommClient | undefined;

  constructor(place: RunPlace, lines: KernelLines) {
    super();
    this.place = place;
    this.#lines = lines;
    this.id = panelId(place);
    this.addClass("dagbook-panel");
    this.title.icon = runsIcon;
    this.title.label = trans.__("Run");
    this.title.closable = true;
    this.node.tabIndex = -1;
    this.#message.textContent = trans.__("Waiting for the kernel…");
    this.addWidget(new Widget({ node: this.#message }));
    this.#excludeClosed = lines.includeClosed();
    lines.changed.connect(this.#open);
    this.#open();
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.#lines.changed.disconnect(this.#open);
    this.#excludeClosed();
    super.dispose();
  }

  protected override onActivateRequest(): void {
    this.node.focus();
  }

  /** The line may come later, as notebooks do after a reload, and be another one once the notebook is opened. */
  readonly #open = (): void => {
    const client = this.#lines.find(this.place.kernel)?.client;
    if (!client || client === this.#client) return;
    this.#client = client;
    void bundleOf(client, this.place.run).then((bundle) => {
      if (this.isDisposed || client !== this.#client) return;
      if (bundle) this.#show(bundle, new RunWidget(client));
      // What is shown already stays.
      else this.#message.textContent = trans.__("The kernel does not know this run any more.");
    });
  };

  #show(bundle: RunBundle, view: RunWidget): void {
    this.title.label = bundle.title;
    this.widgets[0]?.dispose();
    this.addWidget(view);
    void view.renderModel(new MimeModel({ data: { [RUN_MIME_TYPE]: bundle as unknown as JSONObject } }));
  }
}

/** The id of the panel of a run: there is one of each at most. */
export function panelId({ kernel, run }: RunPlace): string {
  return `dagbook-panel-${kernel}-${run}`;
}
