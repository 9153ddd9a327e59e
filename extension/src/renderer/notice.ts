import { actionStrings } from "./action-strings.js";
import { element } from "./element.js";

/** One sentence below the header: why something did not go, or where the value of a run is. */
export class Notice {
  readonly node = element("p", "dagbook-notice");

  constructor() {
    this.node.setAttribute("role", "status");
    this.node.hidden = true;
  }

  say(sentence: string): void {
    this.node.replaceChildren(sentence);
    this.node.hidden = sentence === "";
  }

  /** Tells how to get the value of a run that was run again: nothing awaits it. */
  tellValue(run: string): void {
    this.node.replaceChildren(`${actionStrings.value()} `, element("code", "", actionStrings.valueCode(run)));
    this.node.hidden = false;
  }
}
