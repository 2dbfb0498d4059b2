/** Where an S3-compatible store is and as whom it is used: the place by URL, the credentials by environment, as its other tools have them. */
import { ok, refuse, type Result } from '../base/result.ts';

export interface S3Address {
  /** Of the bucket; ends with a slash. */
  readonly base: URL;
  /** In front of every key; empty or ending with a slash. */
  readonly prefix: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `s3://bucket/prefix` (Amazon, or the store at AWS_ENDPOINT_URL) or `https://host/bucket/prefix`; `http` on this computer only, because papers
 * pass here. AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION as for Amazon's own tools.
 */
export function s3Address(text: string, environment: Environment): Result<S3Address> {
  const wrong = (problem: string) => refuse({ type: 'bad-option', option: 'blobs', problem });
  if (!URL.canParse(text)) return wrong('is not a URL');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '')
    return wrong('must not hold credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY instead');
  if (url.search !== '' || url.hash !== '') return wrong('must end with the bucket or a prefix');
  const [accessKeyId, secretAccessKey] = [
    environment['AWS_ACCESS_KEY_ID'],
    environment['AWS_SECRET_ACCESS_KEY'],
  ];
  if (!accessKeyId || !secretAccessKey)
    return wrong('needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment');
  const region = environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION'] ?? 'us-east-1';
  const place = url.protocol === 's3:' ? amazonPlace(url, region, environment) : placeOf(url);
  if (place === null) return wrong('names no bucket');
  const { base } = place;
  if (base.protocol !== 'https:' && !(base.protocol === 'http:' && isLoopback(base.hostname)))
    return wrong('must begin with s3:// or https://');
  return ok({
    ...place,
    region,
    accessKeyId,
    secretAccessKey,
    sessionToken: environment['AWS_SESSION_TOKEN'],
  });
}

type Place = Pick<S3Address, 'base' | 'prefix'>;

function amazonPlace(url: URL, region: string, environment: Environment): Place | null {
  if (url.hostname === '') return null;
  const endpoint = environment['AWS_ENDPOINT_URL_S3'] ?? environment['AWS_ENDPOINT_URL'];
  if (endpoint === undefined)
    return {
      base: new URL(`https://${url.hostname}.s3.${region}.amazonaws.com/`),
      prefix: folder(url.pathname),
    };
  if (!URL.canParse(endpoint)) return null;
  return { base: new URL(`/${url.hostname}/`, endpoint), prefix: folder(url.pathname) };
}

function placeOf(url: URL): Place | null {
  const [, bucket, ...rest] = url.pathname.split('/');
  return bucket ? { base: new URL(`/${bucket}/`, url), prefix: folder(rest.join('/')) } : null;
}

function folder(path: string): string {
  const inner = path.replaceAll(/^\/+|\/+$/g, '');
  return inner === '' ? '' : `${inner}/`;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
