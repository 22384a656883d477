import type { LiveView, ViewOptions } from './live-view.ts';
import { PlainView } from './plain-view.ts';
import { TerminalView } from './terminal-view.ts';

/**
 * A view that suits the output: redrawn in a terminal, plain lines elsewhere.
 *
 * @param terminal the kind of terminal, as `TERM` names it.
 */
export function createView(options: ViewOptions, terminal: string | undefined): LiveView {
  const canRedraw = options.output.isTTY === true && terminal !== 'dumb';
  return canRedraw ? new TerminalView(options) : new PlainView(options);
}
