/** The check sums of FLAC's frames (RFC 9639, 9.1.8 and 9.3): not reflected, begun with 0. */
function tableOf(polynomial: number, bits: 8 | 16): Uint16Array {
  const top = 1 << (bits - 1);
  return Uint16Array.from({ length: 256 }, (_, byte) => {
    let sum = byte << (bits - 8);
    for (let i = 0; i < 8; i++) sum = sum & top ? (sum << 1) ^ polynomial : sum << 1;
    return sum & (2 ** bits - 1);
  });
}

const table8 = tableOf(0x07, 8);
const table16 = tableOf(0x8005, 16);

export function crc8(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum = table8[sum ^ byte] as number;
  return sum;
}

export function crc16(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum = ((sum << 8) & 0xffff) ^ (table16[(sum >>> 8) ^ byte] as number);
  return sum;
}
