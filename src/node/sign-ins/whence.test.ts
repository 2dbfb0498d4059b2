import { expect, test } from 'vitest';
import { addressOf, browserWords } from './whence.ts';

test.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
    'Firefox 140 · Windows',
  ],
  [
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/141.0.0.0 Safari/537.36',
    'Chrome 141 · Linux',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
    'Edge 140 · Windows',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 YaBrowser/25.8.0.0 Safari/537.36',
    'Yandex 25 · Windows',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
    'Safari 18 · macOS',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
    'Safari 18 · iPhone',
  ],
  [
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Mobile Safari/537.36',
    'Chrome 139 · Android',
  ],
  ['curl/8.5.0', ''],
  ['', ''],
])('of %j the short words are %j', (userAgent, words) => {
  expect(browserWords(userAgent)).toBe(words);
});

test('only a proxy on this computer says where somebody comes from, and only the last of its words is its own', () => {
  expect(addressOf('127.0.0.1', '6.6.6.6, 10.1.2.3')).toBe('10.1.2.3');
  expect(addressOf('::1', '2001:db8::7')).toBe('2001:db8::7');
  expect(addressOf('::ffff:127.0.0.1', '10.1.2.3')).toBe('10.1.2.3');
  expect(addressOf('10.9.9.9', '10.1.2.3')).toBe('10.9.9.9');
  expect(addressOf('::ffff:10.9.9.9', undefined)).toBe('10.9.9.9');
  expect(addressOf('127.0.0.1', 'an insertion')).toBe('127.0.0.1');
  expect(addressOf(undefined, undefined)).toBe('');
});
