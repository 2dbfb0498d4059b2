/** What printers (IPP) and scanners (eSCL) of a school's network answer, or whoever is at their address. */
import { utf8 } from '../../../src/base/bytes.ts';
import { encodeRequest, groupTags } from '../../../src/hardware/printer/ipp/message.ts';
import type { FuzzedReader } from '../import.ts';
import { openReader } from '../reader.ts';

const spaces =
  'xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03" xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm"';
const caps =
  '<scan:MaxWidth>2550</scan:MaxWidth><scan:MaxHeight>3508</scan:MaxHeight><scan:ColorMode>Grayscale8</scan:ColorMode>' +
  '<pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat><scan:DiscreteResolution><scan:XResolution>200</scan:XResolution></scan:DiscreteResolution>';

export const printerAnswer: FuzzedReader = {
  name: 'printer-answer',
  stage: null,
  open: () =>
    Promise.resolve({
      samples: [
        // An answer has the form of a request.
        encodeRequest(0, 7, [
          { tag: groupTags.operation, attributes: [['charset', 'attributes-charset', 'utf-8']] },
          {
            tag: groupTags.printer,
            attributes: [
              ['keyword', 'sides-supported', ['one-sided', 'two-sided-long-edge']],
              ['integer', 'printer-state', 3],
              ['boolean', 'printer-is-accepting-jobs', true],
            ],
          },
        ]),
      ],
      ...openReader('printer'),
    }),
};

export const scannerAnswer: FuzzedReader = {
  name: 'scanner-answer',
  stage: null,
  open: () =>
    Promise.resolve({
      samples: [
        utf8(
          `<?xml version="1.0"?><scan:ScannerCapabilities ${spaces}><pwg:Version>2.6</pwg:Version>` +
            `<scan:Adf><scan:AdfSimplexInputCaps>${caps}</scan:AdfSimplexInputCaps></scan:Adf></scan:ScannerCapabilities>`,
        ),
        utf8(
          `<?xml version="1.0"?><scan:ScannerStatus ${spaces}><pwg:State>Idle</pwg:State><scan:AdfState>ScannerAdfJam</scan:AdfState>` +
            '<scan:Jobs><scan:JobInfo><pwg:JobUri>/eSCL/ScanJobs/1</pwg:JobUri><pwg:JobState>Aborted</pwg:JobState></scan:JobInfo></scan:Jobs></scan:ScannerStatus>',
        ),
      ],
      ...openReader('scanner'),
    }),
};
