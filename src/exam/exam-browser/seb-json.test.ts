import { expect, test } from 'vitest';
import { propertyList } from './property-list.ts';
import { sebJson } from './seb-json.ts';
import { kioskSettings } from './settings.ts';

test('keys are in order whatever their case, in every dictionary', () => {
  expect(
    sebJson({ URLFilterEnable: true, allowQuit: false, urlA: 1, B: { z: 1, A: 2 }, a: [{ d: 1, C: 2 }] }),
  ).toBe('{"a":[{"C":2,"d":1}],"allowQuit":false,"B":{"A":2,"z":1},"urlA":1,"URLFilterEnable":true}');
});

test('what says which version wrote the settings does not count, nor does an empty dictionary', () => {
  expect(sebJson({ originatorVersion: 'SEB_Win_3.7', none: {}, list: [], text: '' })).toBe(
    '{"list":[],"text":""}',
  );
});

test('nothing is escaped, and bytes are Base64', () => {
  expect(
    sebJson({ expression: String.raw`a\.b/*`, data: new Uint8Array([255, 0, 1]), name: '考场 "А"' }),
  ).toBe(String.raw`{"data":"/wAB","expression":"a\.b/*","name":"考场 "А""}`);
});

test('the property list says the same values, with its own escapes', () => {
  const list = propertyList({
    yes: true,
    no: false,
    count: 12,
    text: 'a < b & c > d',
    data: new Uint8Array([255, 0, 1]),
    rules: [{ action: 1 }],
  });
  expect(list).toContain(
    '<plist version="1.0"><dict><key>yes</key><true/><key>no</key><false/><key>count</key><integer>12</integer>' +
      '<key>text</key><string>a &lt; b &amp; c &gt; d</string><key>data</key><data>/wAB</data>' +
      '<key>rules</key><array><dict><key>action</key><integer>1</integer></dict></array></dict></plist>',
  );
  expect(() => propertyList({ half: 0.5 })).toThrow('whole number');
});

test('a kiosk lets nobody out, down or elsewhere, and sends its keys', () => {
  const settings = kioskSettings({ seatPort: 7440, quitPasswordHash: 'ab', examKeySalt: new Uint8Array(32) });
  expect(settings).toMatchObject({
    startURL: 'http://127.0.0.1:7440/',
    allowQuit: true,
    hashedQuitPassword: 'ab',
    sendBrowserExamKey: true,
    URLFilterEnable: true,
    URLFilterRules: [{ action: 1, active: true, expression: '127.0.0.1:7440/*', regex: false }],
    allowDownloads: false,
    allowDeveloperConsole: false,
    allowPreferencesWindow: false,
    allowVirtualMachine: false,
    enableAltTab: false,
    enableF12: false,
  });
  // Versions of SEB do not agree on the order of keys that differ in their case only.
  const plain = Object.keys(settings).map((key) => key.toLowerCase());
  expect(new Set(plain).size).toBe(plain.length);
  expect(Object.keys(settings).every((key) => /^[A-Za-z0-9]+$/.test(key))).toBe(true);
});
