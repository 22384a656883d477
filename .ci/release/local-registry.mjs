// A package registry on a loopback port, for as long as a check runs.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runServer } from 'verdaccio';
import { outputOf } from '../installs/processes.mjs';

const scope = '@integrations/*';

/** Packages of the scope are published here and nowhere else; all others come from where npm takes them, read only. */
function configuration(folder, upstream) {
  return {
    self_path: join(folder, 'config.yaml'),
    storage: join(folder, 'storage'),
    uplinks: { upstream: { url: upstream, maxage: '1h' } },
    packages: {
      [scope]: { access: '$all', publish: '$all' },
      '**': { access: '$all', proxy: 'upstream' },
    },
    auth: { htpasswd: { file: join(folder, 'htpasswd'), max_users: -1 } },
    web: { enable: false },
    log: { type: 'stdout', level: 'fatal' },
  };
}

async function listen(server) {
  const { promise, resolve, reject } = Promise.withResolvers();
  server.once('error', reject).listen(0, '127.0.0.1', resolve);
  await promise;
  return server.address().port;
}

/** Settings that make npm and pnpm know this registry only, whatever the machine has configured. */
function environmentFor(url, folder) {
  const npmrc = join(folder, '.npmrc');
  // Clients refuse to publish without a token; this registry takes any.
  writeFileSync(npmrc, `registry=${url}/\n${url.replace('http:', '')}/:_authToken=test-key\n`);
  const machine = Object.entries(process.env).filter(([name]) => !/^p?npm_config_/i.test(name));
  return {
    ...Object.fromEntries(machine),
    npm_config_registry: `${url}/`,
    // pnpm reads its own name of it only.
    pnpm_config_registry: `${url}/`,
    npm_config_userconfig: npmrc,
    npm_config_cache: join(folder, 'cache'),
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
  };
}

/** Starts a registry that keeps everything in a folder. */
export async function startRegistry(folder) {
  mkdirSync(folder);
  const upstream = (await outputOf('npm', ['config', 'get', 'registry'])).trim();
  const server = await runServer(configuration(folder, upstream));
  const url = `http://127.0.0.1:${await listen(server)}`;
  return {
    url,
    environment: environmentFor(url, folder),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
