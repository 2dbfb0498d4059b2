/** Photos that come after the roster: a folder, files or a ZIP; what was kept, what that replaced, and what was not taken. */
import { useState, type ReactNode } from 'react';
import { Button, Progress, Upload } from 'antd';
import { PictureOutlined, UploadOutlined } from '@ant-design/icons';
import type { Refusal } from '../../../base/result.ts';
import { photoLimit, photoNumber } from '../../../exam/roster/photos.ts';
import { refusalOf, uploadFile } from '../../../ui/client.ts';
import { DialogButton } from '../../../ui/dialog.tsx';
import { Listing } from '../../../ui/listing.tsx';
import { RefusalAlert, RefusalText } from '../../../ui/refusal-text.tsx';
import { useRoleGate } from '../../../ui/role-gate.ts';
import { useText } from '../../../ui/text.ts';
import { centreContract } from '../../contract.ts';
import type { PhotosReport } from '../../roster/contract.ts';
import type { CentreClient } from '../centre-console.tsx';

interface Props {
  centre: CentreClient;
  projectId: string;
}

export function Photos({ centre, projectId }: Props): ReactNode {
  const t = useText();
  const gate = useRoleGate(centreContract.roster.addPhotos);
  return (
    <DialogButton
      icon={<PictureOutlined aria-hidden />}
      label={t('photos.add')}
      title={t('photos.title')}
      width={720}
      gate={gate}
    >
      {() => <AddPhotos centre={centre} projectId={projectId} />}
    </DialogButton>
  );
}

interface Sending {
  readonly done: number;
  readonly of: number;
  readonly sent: number;
}

const nothing: PhotosReport = {
  kept: 0,
  same: 0,
  replaced: [],
  replacedInAll: 0,
  wrong: [],
  wrongInAll: 0,
};
const shown = 500;

function AddPhotos({ centre, projectId }: Props): ReactNode {
  const t = useText();
  const [sending, setSending] = useState<Sending | null>(null);
  const [report, setReport] = useState<PhotosReport | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const take = async (files: readonly File[]): Promise<void> => {
    setRefusal(null);
    let [sum, sent, done] = [nothing, 0, 0];
    const say = (): void => setSending({ done, of: files.length, sent });
    say();
    try {
      for (const batch of batchesOf(files)) {
        const tooLarge = batch.filter(isTooLarge);
        const uploadIds: string[] = [];
        for (const file of batch) {
          if (!isTooLarge(file)) uploadIds.push(await uploadFile(file, () => undefined));
          sent += file.size;
          done++;
          say();
        }
        sum = together(sum, {
          ...nothing,
          wrong: tooLarge.map(({ name }) => ({
            name,
            reason: { type: 'photo-too-large', limit: photoLimit },
          })),
          wrongInAll: tooLarge.length,
        });
        if (uploadIds.length > 0)
          sum = together(sum, await centre.roster.addPhotos({ projectId, uploadIds }));
        setReport(sum);
      }
    } catch (error) {
      setRefusal(refusalOf(error));
    } finally {
      setSending(null);
    }
  };
  const onFiles = (file: File, all: readonly File[]): false => {
    // Asked for each file; all are taken at once.
    if (file === all[0]) void take(all);
    return false;
  };
  return (
    <div className="stack">
      <p>{t('photos.text')}</p>
      {sending ? (
        <div className="file-drop-progress" role="status">
          <Progress
            percent={Math.round((100 * sending.done) / Math.max(1, sending.of))}
            aria-label={t('photos.title')}
          />
          {t('photos.progress', { ...sending })}
        </div>
      ) : (
        <>
          <Upload.Dragger directory multiple showUploadList={false} beforeUpload={onFiles}>
            <div className="file-drop">
              <PictureOutlined aria-hidden />
              <strong>{t('photos.drop')}</strong>
            </div>
          </Upload.Dragger>
          <div className="row">
            <Upload
              multiple
              accept=".jpg,.jpeg,.png,.webp,.zip"
              showUploadList={false}
              beforeUpload={onFiles}
            >
              <Button icon={<UploadOutlined aria-hidden />}>{t('photos.choose')}</Button>
            </Upload>
          </div>
        </>
      )}
      {refusal && <RefusalAlert refusal={refusal} />}
      {report && <Report report={report} />}
    </div>
  );
}

function Report({ report }: { report: PhotosReport }): ReactNode {
  const t = useText();
  const { kept, same, replaced, replacedInAll, wrong, wrongInAll } = report;
  return (
    <>
      <strong role="status">
        {t('photos.report', { kept, same, replaced: replacedInAll, wrong: wrongInAll })}
      </strong>
      {wrong.length > 0 && (
        <Listing
          rows={wrong}
          pageSize={10}
          rowKey={(row) => `${row.name} ${row.reason.type}`}
          columns={({ column }) => [
            column(t('photos.wrong'), (row) => row.name),
            column(t('column.problem'), (row) => <RefusalText refusal={row.reason} />),
          ]}
        />
      )}
      {wrongInAll > wrong.length && (
        <p className="soft">{t('photos.wrongShown', { shown: wrong.length, all: wrongInAll })}</p>
      )}
      {replaced.length > 0 && (
        <Listing
          rows={replaced.map((number) => ({ number }))}
          pageSize={10}
          rowKey={(row) => row.number}
          columns={({ column }) => [column(t('photos.replaced'), (row) => row.number)]}
        />
      )}
      {replacedInAll > replaced.length && (
        <p className="soft">{t('photos.wrongShown', { shown: replaced.length, all: replacedInAll })}</p>
      )}
    </>
  );
}

function isTooLarge(file: File): boolean {
  return file.size > photoLimit && !isZip(file);
}

function isZip({ name }: File): boolean {
  return /\.zip$/i.test(name);
}

const batchSize = 100;

/** What one operation takes: photos of the same number stay together, so that the second one is noticed; a ZIP goes by itself. */
function batchesOf(files: readonly File[]): File[][] {
  const zips = files.filter(isZip).map((file) => [file]);
  const byNumber = Map.groupBy(
    // What systems put into folders by themselves.
    files.filter((file) => !isZip(file) && !/^(\.|Thumbs\.db$)/i.test(file.name)),
    ({ name }) => photoNumber(name),
  );
  const batches: File[][] = [];
  for (const same of byNumber.values()) {
    const last = batches.at(-1);
    if (last && last.length + same.length <= batchSize) last.push(...same);
    else batches.push([...same]);
  }
  return [...zips, ...batches];
}

function together(a: PhotosReport, b: PhotosReport): PhotosReport {
  return {
    kept: a.kept + b.kept,
    same: a.same + b.same,
    replaced: [...a.replaced, ...b.replaced].slice(0, shown),
    replacedInAll: a.replacedInAll + b.replacedInAll,
    wrong: [...a.wrong, ...b.wrong].slice(0, shown),
    wrongInAll: a.wrongInAll + b.wrongInAll,
  };
}
