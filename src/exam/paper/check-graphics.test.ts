import { expect, test } from 'vitest';
import { utf8 } from '../../base/bytes.ts';
import { expectOk, type Refusal } from '../../base/result.ts';
import { importPaper } from './import-paper.ts';
import { item } from './package.fixture.ts';
import { sizeOf } from './picture.ts';
import { reportText } from './report-text.ts';

const dot = 'data:image/png;base64,iVBORw0KGgo=';

async function reasons(body: string): Promise<readonly Refusal[]> {
  const { report } = expectOk(await importPaper(utf8(item('i', body))));
  return report.items[0]?.reasons ?? [];
}

const hotspots = (choices: string, picture = `<img src="${dot}" alt="map" width="9" height="9"/>`): string =>
  `<qti-hotspot-interaction response-identifier="RESPONSE" max-choices="1">${picture}${choices}</qti-hotspot-interaction>`;
const choice = (shape: string, coords: string): string =>
  `<qti-hotspot-choice identifier="H" shape="${shape}" coords="${coords}"/>`;

test.each([
  ['circle', '5,5,3'],
  ['rect', '0, 0, 5, 5'],
  ['poly', '0,0,5,0,5,5'],
  ['poly', '0,0,5,0,5,5,0,0'],
  ['ellipse', '5,5,3,2'],
  ['default', ''],
])('a %s with the coordinates %j is shown', async (shape, coords) => {
  expect(await reasons(hotspots(choice(shape, coords)))).toEqual([]);
});

test('an unknown shape and coordinates of another one are refused with what to do', async () => {
  const [star, square, turned] = await reasons(
    hotspots(choice('star', '1,2,3') + choice('circle', '1,2') + choice('rect', '5,5,0,0')),
  );
  expect(star).toEqual({ type: 'hotspot-shape-unknown', hotspot: 'H', shape: 'star' });
  expect(square).toMatchObject({ type: 'hotspot-coords-unreadable', shape: 'circle', coords: '1,2' });
  expect(turned).toMatchObject({ type: 'hotspot-coords-unreadable', shape: 'rect' });
  expect(reportText(star ?? expect.fail())).toContain('Use circle, rect, poly or default.');
});

test('a picture comes as img, picture or object; without one the item is refused', async () => {
  const place = choice('circle', '5,5,3');
  for (const picture of [
    `<object data="${dot}" type="image/png">map</object>`,
    `<picture><source srcset="big.png"/><img src="${dot}" alt="map"/></picture>`,
  ])
    expect(await reasons(hotspots(place, picture))).toEqual([]);
  expect(await reasons(hotspots(place, ''))).toEqual([
    { type: 'interaction-without-picture', interaction: 'qti-hotspot-interaction' },
  ]);
});

test('a position object needs its stage, and the stage a picture', async () => {
  const object = `<qti-position-object-interaction response-identifier="RESPONSE"><img src="${dot}" alt="sign"/></qti-position-object-interaction>`;
  const stage = (picture: string): string =>
    `<qti-position-object-stage>${picture}${object}</qti-position-object-stage>`;
  expect(await reasons(stage(`<img src="${dot}" alt="map"/>`))).toEqual([]);
  expect(await reasons(object)).toEqual([{ type: 'position-object-without-stage' }]);
  expect(await reasons(stage(''))).toEqual([
    { type: 'interaction-without-picture', interaction: 'qti-position-object-stage' },
  ]);
});

test('the coordinates count the pixels that the author gives the picture, else those of its file', () => {
  const picture = (attributes: Record<string, string>) => ({ name: 'img', attributes, children: [] });
  const natural = { width: 400, height: 200 };
  expect(sizeOf(picture({ width: '100', height: '80px' }), null)).toEqual({ width: 100, height: 80 });
  expect(sizeOf(picture({ width: '100' }), natural)).toEqual({ width: 100, height: 50 });
  expect(sizeOf(picture({ height: '100' }), natural)).toEqual({ width: 200, height: 100 });
  expect(sizeOf(picture({ width: '50%' }), natural)).toEqual(natural);
  expect(sizeOf(picture({}), null)).toBeNull();
});
