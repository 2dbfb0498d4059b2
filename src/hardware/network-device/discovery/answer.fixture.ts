/** What a printer or scanner answers, with the compression that real ones use. */
import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import type { Name } from './dns-message.ts';
import { serviceTypes, type ServiceType } from './services.ts';

export interface Announced {
  readonly type?: ServiceType;
  readonly name?: string;
  readonly instance?: Name;
  readonly host?: Name;
  readonly port?: number;
  readonly address?: string;
  readonly texts?: readonly string[];
  /** Left out: it has to be asked for once more. */
  readonly without?: readonly ('srv' | 'txt' | 'a')[];
}

/** A name in full, whatever its labels are: longer ones than there may be, too. */
function written(name: Name): Buffer {
  return Buffer.concat([
    ...name.flatMap((label) => {
      const bytes = Buffer.from(label).subarray(0, 63);
      return [Buffer.of(bytes.length), bytes];
    }),
    Buffer.of(0),
  ]);
}

const pointer = (at: number): Buffer => Buffer.of(0xc0 | (at >> 8), at & 0xff);

function record(name: Buffer, type: number, content: Buffer): Buffer {
  const head = Buffer.alloc(10);
  head.writeUInt16BE(type, 0);
  // The cache-flush bit, as responders set it.
  head.writeUInt16BE(0x8001, 2);
  head.writeUInt32BE(10, 4);
  head.writeUInt16BE(content.length, 8);
  return Buffer.concat([name, head, content]);
}

export function answerOf(
  id: number,
  {
    type = 'ipp',
    name = 'Printer',
    instance = [name, ...serviceTypes[type]],
    host = ['printer', 'local'],
    port = 631,
    address = '192.168.1.20',
    texts = ['txtvers=1', 'rp=ipp/print', 'ty=Test Laser 1', 'note=Room 1'],
    without = [],
  }: Announced,
): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(id, 0);
  head.writeUInt16BE(0x8400, 2);
  const typeName = written(serviceTypes[type]);
  const ptr = record(typeName, 12, written(instance));
  // The instance's name stands in the first record; everything after points to it.
  const at = 12 + typeName.length + 10;
  const service = Buffer.alloc(6);
  service.writeUInt16BE(port, 4);
  const more = {
    srv: record(pointer(at), 33, Buffer.concat([service, written(host)])),
    txt: record(
      pointer(at),
      16,
      Buffer.concat(
        texts.map((text) => {
          const bytes = Buffer.from(text).subarray(0, 255);
          return Buffer.concat([Buffer.of(bytes.length), bytes]);
        }),
      ),
    ),
    a: record(written(host), 1, Buffer.from(address.split('.').map(Number))),
  };
  const given = (['srv', 'txt', 'a'] as const)
    .filter((one) => !without.includes(one))
    .map((one) => more[one]);
  head.writeUInt16BE(1, 6);
  head.writeUInt16BE(given.length, 10);
  return Buffer.concat([head, ptr, ...given]);
}

/** Somebody on loopback who answers every question with these. @param answers to the question of this id */
export async function responder(
  answers: (id: number, asked: Buffer) => readonly Uint8Array[],
  at = '127.0.0.1',
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const socket = createSocket('udp4');
  socket.on('message', (asked, from) => {
    for (const one of answers(asked.readUInt16BE(0), asked)) socket.send(one, from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, at, resolve));
  return {
    port: (socket.address() as AddressInfo).port,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}
