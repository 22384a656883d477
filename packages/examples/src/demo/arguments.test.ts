import { describe, expect, it } from 'vitest';
import { type DemoOptions, HELP, parseCommand } from './arguments.ts';
import { WrongUsage } from './failure.ts';

function optionsOf(...args: string[]): DemoOptions {
  const command = parseCommand(args);
  if (command.kind !== 'run') throw new TypeError('the arguments ask for help');
  return command.options;
}

describe('parseCommand', () => {
  it('has a default for everything', () => {
    expect(optionsOf()).toEqual({
      question: 'What happens when a stream is cut before its end?',
      path: undefined,
      top: 5,
      live: false,
      faults: false,
      trace: false,
      metricsPort: undefined,
      port: 0,
      key: 'demo-key',
      chatModel: 'gpt-5-mini',
      embeddingModel: 'text-embedding-3-small',
      color: true,
    });
  });

  it('reads every option', () => {
    const args = ['--question', 'Why?', '--dir', 'notes', '--top', '3', '--port=8080'];
    const more = ['--key', 'test-key', '--chat-model', 'a', '--embedding-model', 'b', '--no-color'];
    expect(optionsOf(...args, ...more)).toEqual({
      question: 'Why?',
      path: 'notes',
      top: 3,
      live: false,
      faults: false,
      trace: false,
      metricsPort: undefined,
      port: 8080,
      key: 'test-key',
      chatModel: 'a',
      embeddingModel: 'b',
      color: false,
    });
    expect(optionsOf('--live').live).toBe(true);
    expect(optionsOf('--faults').faults).toBe(true);
    expect(optionsOf('--trace').trace).toBe(true);
  });

  it.each([
    [['--metrics'], 0],
    [['--metrics', '--trace'], 0],
    [['--', '--metrics'], 0],
    [['--metrics', '9464', '--trace'], 9464],
    [['--metrics=9464'], 9464],
  ])('reads %j with a port or without', (args, expected) => {
    expect(optionsOf(...args).metricsPort).toBe(expected);
  });

  it('takes a separator that a package manager passed on', () => {
    expect(optionsOf('--', '--top', '7').top).toBe(7);
  });

  it.each([['--help'], ['-h']])('gives help for %s', (flag) => {
    expect(parseCommand([flag])).toEqual({ kind: 'help' });
  });

  it('names every option in its help, in lines that fit', () => {
    const flags = ['question', 'dir', 'top', 'port', 'key', 'live', 'faults', 'no-color', 'help'];
    for (const flag of [...flags, 'trace', 'metrics', 'chat-model', 'embedding-model']) {
      expect(HELP).toContain(`--${flag} `);
    }
    for (const line of HELP.split('\n')) expect(line.length).toBeLessThanOrEqual(110);
  });

  it.each([
    [['--nope'], "Unknown option '--nope'."],
    [['word'], "Unexpected argument 'word'."],
    [['--port'], '--port needs a value.'],
    [['--port', '-1'], '--port needs a value.'],
    [['--live=yes'], "'--live' does not take an argument."],
    [['--port', '65536'], '--port must be a whole number from 0 to 65535, not "65536".'],
    [['--port', '1e3'], '--port must be a whole number'],
    [['--metrics', '70000'], '--metrics must be a whole number from 0 to 65535, not "70000".'],
    [['--metrics=on'], '--metrics must be a whole number'],
    [['--metrics='], '--metrics must be a whole number'],
    [['--metrics', 'on'], "Unexpected argument 'on'."],
    [['--question', '--metrics'], '--question needs a value.'],
    [['--trace=yes'], "'--trace' does not take an argument."],
    [['--top', '0'], '--top must be a whole number from 1 to 50, not "0".'],
    [['--top', '2.5'], '--top must be a whole number'],
    [['--question', ' '], '--question must not be empty.'],
    [['--dir='], '--dir must not be empty.'],
    [['--chat-model='], '--chat-model must not be empty.'],
    [['--live', '--faults'], '--faults are those of the simulator'],
    [['--live', '--port', '1'], '--port is the port of the simulator'],
    [['--live', '--key', 'test-key'], '--key is for the simulator'],
  ])('refuses %j in one line', (args, expected) => {
    let message = '';
    expect(() => {
      try {
        parseCommand(args);
      } catch (error) {
        expect(error).toBeInstanceOf(WrongUsage);
        message = error instanceof Error ? error.message : '';
        throw error;
      }
    }).toThrow(expected);
    expect(message).not.toContain('\n');
  });
});
