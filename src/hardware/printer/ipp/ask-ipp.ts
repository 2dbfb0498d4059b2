/** One question to a printer by IPP, and its answer or why there is none. */
import { refuse, type Refusal, type Result } from '../../../base/result.ts';
import { askDevice, type DeviceAddress } from '../../network-device/ask.ts';
import {
  decodeAnswer,
  encodeRequest,
  groupTags,
  type Attribute,
  type Attributes,
  type IppAnswer,
} from './message.ts';
import { texts } from './words.ts';

/** Of attributes; printers with many papers say some 100 KB. */
const mostAnswerBytes = 2 * 1024 * 1024;
/** A printer that prints while it receives may wait for paper in the middle of a job. */
const printPatienceMs = 10 * 60_000;

/** One request, at the path of the device's URL. Refusals as of `Printer`. */
export async function askIpp(
  device: DeviceAddress,
  operation: number,
  requestId: number,
  asked: {
    readonly attributes: readonly Attribute[];
    readonly job?: readonly Attribute[];
    readonly document?: Uint8Array;
  },
): Promise<Result<IppAnswer>> {
  const message = encodeRequest(operation, requestId, [
    {
      tag: groupTags.operation,
      attributes: [
        ['charset', 'attributes-charset', 'utf-8'],
        ['naturalLanguage', 'attributes-natural-language', 'en'],
        ...asked.attributes,
      ],
    },
    ...(asked.job ? [{ tag: groupTags.job, attributes: asked.job }] : []),
  ]);
  const address = new URL(device.url);
  const answer = await askDevice(device, address.pathname + address.search, {
    method: 'POST',
    type: 'application/ipp',
    body: asked.document ? [message, asked.document] : [message],
    mostBytes: mostAnswerBytes,
    ...(asked.document && { patienceMs: printPatienceMs }),
  });
  if (!answer.ok) return answer;
  const http = httpRefusal(answer.value.status, address.host);
  if (http) return refuse(http);
  const decoded = decodeAnswer(answer.value.body);
  if (!decoded.ok) return refuse({ ...decoded.refusal, address: address.host });
  const refused = statusRefusal(decoded.value, address.host);
  return refused ? refuse(refused) : decoded;
}

function httpRefusal(status: number, address: string): Refusal | null {
  if (status === 200) return null;
  if (status === 401 || status === 403) return { type: 'printer-asks-for-password', address };
  if (status === 426) return { type: 'printer-wants-tls', address };
  if (status === 404) return { type: 'printer-gone', name: address };
  return { type: 'printer-unusable', address, problem: `HTTP ${status}` };
}

/** Of RFC 8011, appendix B. */
function statusRefusal(answer: IppAnswer, address: string): Refusal | null {
  const { status } = answer;
  if (status < 0x100) return null;
  const words = texts(attributesOf(answer, groupTags.operation), 'status-message').join(' ');
  if (status === 0x402 || status === 0x403 || status === 0x401)
    return { type: 'printer-asks-for-password', address };
  if (status === 0x406 || status === 0x407) return { type: 'printer-gone', name: address };
  if (status === 0x40a) return { type: 'printer-no-pdf', address, takes: '?' };
  if (status === 0x506) return { type: 'printer-not-accepting', address };
  if (status === 0x507 || status === 0x502) return { type: 'printer-busy', address };
  return { type: 'printer-refuses', address, code: `0x${status.toString(16).padStart(4, '0')}`, words };
}

/** Of the first group of this kind. */
export function attributesOf(answer: IppAnswer, tag: number): Attributes {
  return answer.groups.find((group) => group.tag === tag)?.attributes ?? new Map();
}
