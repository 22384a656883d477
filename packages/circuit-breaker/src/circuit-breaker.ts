import { BreakerEvents } from './breaker-events.ts';
import { readSettings } from './breaker-settings.ts';
import type { CircuitBreakerOptions } from './circuit-breaker-options.ts';
import { createWindow } from './create-window.ts';
import type { ObservableCircuitBreaker } from './observable-circuit-breaker.ts';
import { WindowBreaker } from './window-breaker.ts';

/**
 * Makes a breaker that is closed.
 *
 * @throws ConfigurationError that names the option which is wrong.
 */
export function createCircuitBreaker(
  options: CircuitBreakerOptions = {},
): ObservableCircuitBreaker {
  const settings = readSettings(options);
  const window = createWindow(settings.window, settings.clock.now());
  return new WindowBreaker(settings, window, new BreakerEvents(settings.onListenerError));
}
