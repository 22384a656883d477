import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { OtlpReceiver } from './otlp-receiver.test.support.ts';

const main = new URL('../index.ts', import.meta.url).href;
const node = new URL('./index.ts', import.meta.url).href;

/** Runs a program in a process of its own, with the packages of that pattern not installed. */
function run(program: string, missing = '^$'): ChildProcess {
  const hooks = `
    import { registerHooks } from 'node:module';
    registerHooks({
      resolve(name, context, next) {
        if (!new RegExp(${JSON.stringify(missing)}).test(name)) return next(name, context);
        throw Object.assign(new Error('Cannot find package ' + name), { code: 'ERR_MODULE_NOT_FOUND' });
      },
    });`;
  const hooked = `data:text/javascript,${encodeURIComponent(hooks)}`;
  return spawn(process.execPath, ['--import', hooked, '--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function output(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('no output');
  return (await text(child.stdout)).trim();
}

const NOT_API = '^@opentelemetry/(?!api$)';

describe('the process', () => {
  it('needs the API alone for the main entry', async () => {
    const program = `
      const { createTracer } = await import(${JSON.stringify(main)});
      createTracer().startSpan('call').end();
      console.log('fine');`;
    expect(await output(run(program, NOT_API))).toBe('fine');
  });

  it.each([
    [
      '{}',
      [
        'sdk-node',
        'sdk-trace',
        'resources',
        'sdk-metrics',
        'exporter-trace-otlp-proto',
        'exporter-metrics-otlp-proto',
      ],
    ],
    [
      "{ protocol: 'http/json', metrics: false }",
      ['sdk-node', 'sdk-trace', 'resources', 'exporter-trace-otlp-http'],
    ],
    ["{ exporter: 'none' }", ['sdk-node', 'sdk-trace', 'resources']],
  ])('is told what to install for %s', async (options, packages) => {
    const program = `
      const { startTelemetry } = await import(${JSON.stringify(node)});
      await startTelemetry(${options}).catch(({ code, message }) => console.log(code, message));`;
    const names = packages.map((name) => `@opentelemetry/${name}`).join(' ');
    expect(await output(run(program, NOT_API))).toBe(
      `configuration startTelemetry needs packages that are not installed. Run: npm install ${names}`,
    );
  });

  it('ends by itself, also with telemetry that nobody shut down', async () => {
    await using receiver = await OtlpReceiver.start();
    const program = `
      const { createTracer } = await import(${JSON.stringify(main)});
      const { startTelemetry } = await import(${JSON.stringify(node)});
      await startTelemetry({ endpoint: '${receiver.endpoint}' });
      createTracer().startSpan('call').end();
      console.log('over');`;
    expect(await output(run(program))).toBe('over');
  });

  it('sends what is left at a signal that was asked for, and then ends by it', async () => {
    await using receiver = await OtlpReceiver.start();
    const program = `
      const { createTracer } = await import(${JSON.stringify(main)});
      const { startTelemetry } = await import(${JSON.stringify(node)});
      await startTelemetry({
        endpoint: '${receiver.endpoint}',
        protocol: 'http/json',
        shutdownOn: ['SIGTERM'],
      });
      createTracer().startSpan('call').end();
      setInterval(() => {}, 1000);
      console.log('ready');`;
    const child = run(program);
    const exited = once(child, 'exit');
    if (child.stdout !== null) await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect(await exited).toEqual([null, 'SIGTERM']);
    expect(receiver.spans().map(({ name }) => name)).toEqual(['call']);
  });
});
