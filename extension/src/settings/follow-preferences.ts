import type { ISettingRegistry } from "@jupyterlab/settingregistry";
import { setPreferences } from "./preferences.js";

/** Takes the preferences from the settings of a plugin, now and whenever they change. */
export function followPreferences(registry: ISettingRegistry, plugin: string): void {
  registry.load(plugin).then(
    (settings) => {
      const take = () => setPreferences(settings.composite);
      settings.changed.connect(take);
      take();
    },
    // A server that has no schema of this version: the defaults hold.
    () => undefined,
  );
}
