import { ConfigurationError } from '@integrations/errors';
import type { SecretString } from '@integrations/types';

/** An HTTP proxy, and what does not go through it. */
export interface ProxySettings {
  /** Its address, `http:` or `https:`; with its user and password, where it wants them: `http://user:password@host:3128`. */
  readonly url: string;
  /** The whole `proxy-authorization`, such as `Bearer …`, in place of user and password. @default none */
  readonly token?: string | SecretString | undefined;
  /**
   * Hosts that are called directly, with commas between them: `example.com` and
   * `.example.com` stand for it and what is below it, `10.0.0.1:8080` for one port,
   * `*` for every host. @default none
   */
  readonly noProxy?: string | undefined;
}

/** An HTTP proxy: its address, or more about it. */
export type ProxyOption = string | ProxySettings;

/** Environment variables, as `process.env` holds them. */
export type ProxyEnvironment = Readonly<Record<string, string | undefined>>;

/** The machine itself, which a proxy would take for its own. */
const LOOPBACK = 'localhost,127.0.0.1,[::1]';

const DEFAULT_PORT: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** One entry of `noProxy`. */
interface DirectHost {
  readonly host: string;
  /** Undefined for any. */
  readonly port: string | undefined;
}

/** Splits `example.com:8080`; an address of IPv6 may stand without brackets where it has no port. */
function readDirectHost(entry: string): DirectHost {
  if (/^[^[]*:.*:/.test(entry)) return { host: entry, port: undefined };
  const [, host = '', port] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
  return { host: withoutBrackets(host).replace(/^\*?\./, ''), port };
}

function readDirectHosts(noProxy: string): DirectHost[] {
  const entries = noProxy.toLowerCase().split(/[\s,]+/);
  return entries.filter((entry) => entry !== '').map(readDirectHost);
}

/** Addresses of IPv6 have brackets in a URL, and none for a socket. */
function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}

/** Where a connection is to lead; an address of IPv6 without brackets. */
export interface ProxyTarget {
  readonly hostname: string;
  readonly port: string;
}

/** A proxy that connections are made through, checked. */
export class HttpProxy {
  readonly isSecure: boolean;
  readonly hostname: string;
  readonly port: string;
  readonly #direct: readonly DirectHost[];
  readonly #authorization: () => string | undefined;

  /** @throws ConfigurationError for an address that cannot be a proxy's. It repeats nothing of it: there may be a password in it. */
  constructor(option: ProxyOption) {
    const { url, token, noProxy = '' } = typeof option === 'string' ? { url: option } : option;
    const address = readAddress(url);
    this.isSecure = address.protocol === 'https:';
    this.hostname = withoutBrackets(address.hostname);
    this.port = address.port || (DEFAULT_PORT[address.protocol] ?? '');
    this.#direct = readDirectHosts(noProxy);
    const credentials = basicCredentials(address);
    this.#authorization = () => {
      if (token === undefined) return credentials;
      return typeof token === 'string' ? token : token.expose();
    };
  }

  /** For messages: without credentials. */
  get name(): string {
    return `${this.hostname}:${this.port}`;
  }

  get authorization(): string | undefined {
    return this.#authorization();
  }

  /** Whether a connection goes through the proxy. */
  serves({ hostname, port }: ProxyTarget): boolean {
    const host = hostname.toLowerCase();
    return !this.#direct.some(
      (direct) =>
        (direct.port === undefined || direct.port === port) &&
        (direct.host === '*' || host === direct.host || host.endsWith(`.${direct.host}`)),
    );
  }
}

function readAddress(url: string): URL {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (address?.protocol === 'http:' || address?.protocol === 'https:') return address;
  throw new ConfigurationError(
    '`proxy` must be the address of an HTTP proxy, such as http://proxy.example:3128 or https://user:password@proxy.example.',
  );
}

function basicCredentials({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  const plain = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(plain).toString('base64')}`;
}

/**
 * The proxy that the environment names: `HTTPS_PROXY`, else `ALL_PROXY`, and what
 * `NO_PROXY` takes out of it, in capitals or small letters. The machine itself is
 * always called directly. Nothing asks the environment unless this is called.
 *
 * @param environment such as `process.env`.
 */
export function proxyFromEnvironment(environment: ProxyEnvironment): ProxySettings | undefined {
  const read = (name: string): string | undefined =>
    environment[name.toLowerCase()] || environment[name] || undefined;
  const url = read('HTTPS_PROXY') ?? read('ALL_PROXY');
  if (url === undefined) return undefined;
  const noProxy = [LOOPBACK, read('NO_PROXY')].filter((entry) => entry !== undefined).join(',');
  return { url, noProxy };
}
