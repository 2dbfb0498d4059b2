/** Small right files of what comes beside a roster. */
import { samplePhoto } from '../../src/node/printed-sheet/printed-sheet.fixture.ts';

export const png = samplePhoto('image/png');
export const jpeg = samplePhoto('image/jpeg');
export const webp = samplePhoto('image/webp');

/** Access for All, as QTI 3 has it. */
export const pnp =
  '<?xml version="1.0" encoding="UTF-8"?><access-for-all-pnp xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imsafa3p0pnp_v1p0">' +
  '<additional-testing-time><time-multiplier>1.25</time-multiplier></additional-testing-time>' +
  '<magnification><all-content zoom-amount="2"/></magnification>' +
  '<invert-display-polarity foreground="#FFFFFF" background="#000000"/>' +
  '<activate-at-initialization-set><layout-single-column/></activate-at-initialization-set></access-for-all-pnp>';
