import { expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { readRegistration, registrationText } from './registration-text.ts';

const room = {
  roomCode: '1999-01',
  registrationCode: '7KQ2-M4XD-PZ81-0VHA',
  addresses: ['192.168.1.10:7431', '[fe80::1]:7431', 'site.example:7431'],
};
const text = 'INVIGIL/1/1999-01/7KQ2M4XDPZ810VHA/192.168.1.10:7431,[fe80::1]:7431,site.example:7431';
const read = { ...room, registrationCode: '7KQ2M4XDPZ810VHA' };

test('a square code says room, registration code and addresses, and is read back', () => {
  expect(registrationText(room)).toBe(text);
  expect(expectOk(readRegistration(text))).toEqual(read);
  const chinese = { ...room, roomCode: '第三考场/2' };
  expect(expectOk(readRegistration(registrationText(chinese))).roomCode).toBe('第三考场/2');
});

test('what a scanner makes of it on the keyboard of this computer is read all the same', () => {
  expect(expectOk(readRegistration(`  ${text}\r\n`))).toEqual(read);
  expect(expectOk(readRegistration(text.toLowerCase())).registrationCode).toBe(read.registrationCode);
  // Keys of a Russian layout.
  const typed = 'ШТМШПШД.1.1999-01.7ЛЙ2Ь4ЧВЗЯ810МРФ.192ю168ю1ю10Ж7431бышеуюучфьздуЖ7431';
  expect(expectOk(readRegistration(typed))).toEqual({
    ...read,
    addresses: ['192.168.1.10:7431', 'site.example:7431'],
  });
  // Full width, of a Chinese one.
  const wide = text.replaceAll(/[0-9A-Z]/g, (one) =>
    String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xfee0),
  );
  expect(expectOk(readRegistration(wide))).toEqual(read);
});

test.each([
  '',
  'https://example.org/1/2/3',
  'INVIGIL/2/1/ABC/192.168.1.10:1',
  'INVIGIL/1//ABC/192.168.1.10:1',
  'INVIGIL/1/%E0%A4/ABC/192.168.1.10:1',
  'INVIGIL/1/1/ABC/',
  'INVIGIL/1/1/ABC/no-port',
  'INVIGIL/1/1/A B/192.168.1.10:1',
  'x'.repeat(100_000),
])('anything else is refused: %s', (other) => {
  expect(readRegistration(other)).toEqual({ ok: false, refusal: { type: 'not-a-registration' } });
});
