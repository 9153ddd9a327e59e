import type { ISessionContext } from "@jupyterlab/apputils";
import type { Kernel, ServiceManager } from "@jupyterlab/services";
import { Token } from "@lumino/coreutils";
import { type ISignal, Signal } from "@lumino/signaling";
import { CommClient } from "../renderer/comm-client.js";
import { sourceOf } from "./plain-comm.js";

/** The live line to one dagbook kernel. */
export interface KernelLine {
  /** id of the kernel */
  readonly kernel: string;
  /** path of the notebook or console it belongs to; empty where that is not known */
  readonly path: string;
  readonly client: CommClient;
  /** false: its document is not open on this page */
  readonly isOpen: boolean;
}

/** All lines of the page. */
export const IKernelLines = new Token<KernelLines>(
  "dagbook-labextension:IKernelLines",
  "The live lines to all dagbook kernels.",
);

/** Kernels of dagbook have this name, or begin with it and a hyphen. */
const KERNEL_NAME = "dagbook";

type Services = Pick<ServiceManager.IManager, "kernels" | "sessions">;

interface OpenContext {
  readonly context: ISessionContext;
  readonly client: CommClient;
}

/**
 * Knows every dagbook kernel: through the open notebooks and consoles, which have lines already, and, while somebody
 * wants that, also those of documents that are closed. Their kernels may run for hours: that is no reason to keep a
 * connection to each, which would also keep the server from ending idle ones.
 */
export class KernelLines {
  readonly #services: Services;
  readonly #contexts = new Set<OpenContext>();
  /** connections of our own, by kernel */
  readonly #own = new Map<string, { readonly connection: Kernel.IKernelConnection; readonly client: CommClient }>();
  readonly #changed = new Signal<this, void>(this);
  #closedWanted = 0;

  constructor(services: Services) {
    this.#services = services;
    services.kernels.runningChanged.connect(() => this.#update());
    services.sessions.runningChanged.connect(() => this.#update());
  }

  /** Lines came, went, or have another path. */
  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  /** One line a kernel. */
  get lines(): readonly KernelLine[] {
    const lines = new Map<string, KernelLine>();
    for (const [kernel, { client }] of this.#own) {
      lines.set(kernel, { kernel, path: this.#pathOf(kernel), client, isOpen: false });
    }
    for (const { context, client } of this.#contexts) {
      const kernel = context.session?.kernel;
      if (!kernel || !isDagbook(kernel.name)) continue;
      // A console beside its notebook has no comms: the notebook's line stays.
      if (!kernel.handleComms && lines.get(kernel.id)?.isOpen) continue;
      lines.set(kernel.id, { kernel: kernel.id, path: context.path, client, isOpen: true });
    }
    return [...lines.values()];
  }

  /** The line to a kernel. */
  find(kernel: string): KernelLine | undefined {
    return this.lines.find((line) => line.kernel === kernel);
  }

  /** Takes the line of an open notebook or console. */
  add(context: ISessionContext, client: CommClient): void {
    const open = { context, client };
    this.#contexts.add(open);
    const update = () => this.#update();
    context.kernelChanged.connect(update);
    context.propertyChanged.connect(update);
    context.disposed.connect(() => {
      this.#contexts.delete(open);
      this.#update();
    });
    this.#update();
  }

  /**
   * Opens lines to kernels of closed documents, too.
   * @returns a function that ends it
   */
  includeClosed(): () => void {
    this.#closedWanted += 1;
    this.#update();
    return () => {
      this.#closedWanted -= 1;
      this.#update();
    };
  }

  /** Tells the kernels that the page goes. Notebooks and consoles do that for themselves. */
  close(): void {
    for (const { client } of this.#own.values()) client.close();
  }

  #update(): void {
    const { kernels } = this.#services;
    const opened = new Set([...this.#contexts].map(({ context }) => context.session?.kernel?.id));
    const running = this.#closedWanted > 0 ? [...kernels.running()] : [];
    const wanted = new Map(
      running.filter(({ id, name }) => isDagbook(name) && !opened.has(id)).map((model) => [model.id, model]),
    );
    for (const [id, { connection, client }] of this.#own) {
      if (wanted.has(id)) continue;
      this.#own.delete(id);
      client.close();
      connection.dispose();
    }
    for (const [id, model] of wanted) {
      if (this.#own.has(id)) continue;
      const connection = kernels.connectTo({ model, handleComms: false });
      this.#own.set(id, { connection, client: new CommClient(sourceOf(connection)) });
    }
    this.#changed.emit();
  }

  #pathOf(kernel: string): string {
    for (const session of this.#services.sessions.running()) {
      if (session.kernel?.id === kernel) return session.path;
    }
    return "";
  }
}

function isDagbook(name: string): boolean {
  return name === KERNEL_NAME || name.startsWith(`${KERNEL_NAME}-`);
}
