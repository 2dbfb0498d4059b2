/** The test page: printed, looked at, and measured where somebody can scan it. */
import { useState, type ReactNode } from 'react';
import { Input, Select } from 'antd';
import { ActButton } from '../../../ui/act-button.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Field } from '../../../ui/field.tsx';
import { dateTime } from '../../../ui/format.ts';
import { screenGate } from '../../../ui/gate-button.tsx';
import { RefusalText } from '../../../ui/refusal-text.tsx';
import { CheckStateMark, Mark, checkMarks } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import { useAsked } from '../../../ui/use-asked.ts';
import type { PrintView } from '../../print/contract.ts';
import type { StationClient } from '../station-page.tsx';
import { JobLine } from './job-line.tsx';

interface Props {
  readonly station: StationClient;
  readonly view: PrintView;
  readonly set: (view: PrintView) => void;
}

export function TestPanel({ station, view, set }: Props): ReactNode {
  const t = useText();
  const { language } = t;
  const { test } = view;
  const [words, setWords] = useState('');
  const job = view.otherJobs.at(-1);
  const judge = async (good: boolean): Promise<void> =>
    set(await station.print.test.judge({ good, words: words.trim() }));
  return (
    <section className="panel">
      <h2>{t('stationPrint.test')}</h2>
      <p>{t('stationPrint.testHow')}</p>
      <div className="row-end">
        <ActButton
          type={view.printer && !test ? 'primary' : 'default'}
          gate={screenGate(view.printer !== null, 'printer-not-chosen')}
          act={async () => set(await station.print.test.print({ language }))}
        >
          {t(test ? 'stationPrint.printTestAgain' : 'stationPrint.printTest')}
        </ActButton>
      </div>
      {job && <JobLine job={job} />}
      {test && (
        <>
          <Facts
            of={[
              [t('stationPrint.testPrintedAt'), dateTime(test.printedAt)],
              [
                t('stationPrint.verdict'),
                test.good === null ? null : (
                  <Mark
                    key="verdict"
                    {...checkMarks[test.good ? 'passed' : 'failed']}
                    word={t(test.good ? 'stationPrint.testGood' : 'stationPrint.testBad')}
                  />
                ),
              ],
            ]}
          />
          <Field label={t('stationPrint.testWords')}>
            <Input value={words} maxLength={400} onChange={(event) => setWords(event.target.value)} />
          </Field>
          <div className="row-end">
            <ActButton act={() => judge(false)}>{t('stationPrint.testBad')}</ActButton>
            <ActButton type={test.good === null ? 'primary' : 'default'} act={() => judge(true)}>
              {t('stationPrint.testGood')}
            </ActButton>
          </div>
          <Measuring station={station} view={view} set={set} />
        </>
      )}
    </section>
  );
}

function Measuring({ station, view, set }: Props): ReactNode {
  const t = useText();
  const scans = useAsked('scans', () => station.print.test.scans());
  const [chosen, setChosen] = useState<string | null>(null);
  const measured = view.test?.measured;
  const files = scans.value ?? [];
  const path = chosen ?? files[0]?.path ?? null;
  return (
    <>
      <h3>{t('stationPrint.measure')}</h3>
      <p className="soft">{t('stationPrint.measureHow')}</p>
      <div className="row">
        <Select
          className="grow"
          aria-label={t('stationPrint.measure')}
          value={path}
          placeholder={t('stationPrint.noScans')}
          notFoundContent={t('stationPrint.noScans')}
          onOpenChange={(open) => open && scans.reload()}
          onChange={setChosen}
          options={files.map((one) => ({ value: one.path, label: `${one.name} · ${dateTime(one.at)}` }))}
        />
        <ActButton
          gate={screenGate(path !== null, 'form-incomplete')}
          act={async () => set(await station.print.test.measure({ path: path ?? '' }))}
        >
          {t('stationPrint.measureThis')}
        </ActButton>
      </div>
      {measured && (
        <Facts
          of={[
            [
              t('stationPrint.measured'),
              <span key="measured">
                <CheckStateMark
                  state={measured.good ? 'passed' : 'failed'}
                  word={measured.good ? 'stationPrint.measuredGood' : 'stationPrint.measuredBad'}
                />{' '}
                {measured.fileName}
              </span>,
            ],
            [
              t('stationPrint.scale'),
              measured.problem ? (
                <RefusalText key="problem" refusal={measured.problem} />
              ) : (
                t('stationPrint.scaleOf', { across: measured.across ?? '–', down: measured.down ?? '–' })
              ),
            ],
            [
              t('stationPrint.codesRead'),
              t('stationPrint.codesOf', { codes: measured.codes, squares: measured.squares }),
            ],
          ]}
        />
      )}
    </>
  );
}
