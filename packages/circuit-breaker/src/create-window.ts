import type { WindowSettings } from './breaker-settings.ts';
import { ConsecutiveWindow } from './consecutive-window.ts';
import { CountWindow } from './count-window.ts';
import type { OutcomeWindow } from './outcome-window.ts';
import { TimeWindow } from './time-window.ts';

/** The empty window that the settings ask for. */
export function createWindow(settings: WindowSettings, now: number): OutcomeWindow {
  if (settings.type === 'consecutive') return new ConsecutiveWindow();
  if (settings.type === 'count') return new CountWindow(settings.size);
  return new TimeWindow(settings.durationMs, settings.buckets, now);
}
