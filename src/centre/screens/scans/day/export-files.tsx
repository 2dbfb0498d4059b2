/** Materials and keys as files: in one ZIP, or into folders of a drive at the centre's computer. */
import { useState, type ReactNode } from 'react';
import { Checkbox, Input, Radio } from 'antd';
import { saveDownload } from '../../../../ui/client.ts';
import { DialogButton } from '../../../../ui/dialog.tsx';
import { Field } from '../../../../ui/field.tsx';
import { FolderField } from '../../../../ui/folder-field.tsx';
import { Form } from '../../../../ui/form.tsx';
import { screenGate } from '../../../../ui/gate-button.tsx';
import { both, useRoleGate } from '../../../../ui/role-gate.ts';
import { useText } from '../../../../ui/text.ts';
import { paperDayContract } from '../../../paper-day/contract.ts';
import { codesIn } from './codes-in.ts';
import type { DayStepProps } from './day-page.tsx';

type What = 'materials' | 'archive' | 'access-key';

export function ExportFiles(props: DayStepProps & { what: readonly What[] }): ReactNode {
  const t = useText();
  const { centre, project, day } = props;
  const may = useRoleGate(paperDayContract.exportFiles);
  // A project with tokens has no archives.
  const kinds = (['materials', 'archive', 'access-key'] as const).filter(
    (one) => one !== 'archive' || day.policy.opens === 'password',
  );
  const counted = {
    materials: day.counts.prepared,
    archive: day.counts.archives,
    'access-key': day.counts.keys,
  };
  const [what, setWhat] = useState<readonly What[]>(props.what);
  const [sites, setSites] = useState('');
  const [way, setWay] = useState<'zip' | 'folder'>('zip');
  const [folder, setFolder] = useState('');
  const [written, setWritten] = useState<{ files: number; bytes: number } | null>(null);
  return (
    <DialogButton
      size="small"
      gate={both(may, screenGate(day.counts.prepared > 0, 'materials-not-prepared'))}
      label={t('paperDay.files')}
      onOpen={() => {
        setWhat(props.what);
        setWritten(null);
      }}
    >
      {(close) => (
        <Form
          submit={t('paperDay.files').replace(/\s*…$/, '')}
          ready={what.length > 0 && (way === 'zip' || folder.trim() !== '')}
          onCancel={close}
          onSubmit={async () => {
            const codes = codesIn(sites);
            const wanted = {
              projectId: project.id,
              eventId: day.eventId,
              siteCodes: codes.length === 0 ? null : codes,
              what: [...what],
            };
            if (way === 'zip') {
              saveDownload(await centre.paperDay.exportFiles(wanted));
              close();
            } else setWritten(await centre.paperDay.exportToFolder({ ...wanted, folder: folder.trim() }));
          }}
        >
          <p>{t('paperDay.filesText')}</p>
          <Field label={t('paperDay.filesWhat')}>
            <Checkbox.Group
              value={[...what]}
              onChange={(chosen) => setWhat(chosen as What[])}
              options={kinds.map((value) => ({
                value,
                label: t(`paperDay.what.${value}`),
                disabled: counted[value] === 0,
              }))}
            />
          </Field>
          <Field label={t('paperDay.filesSites')}>
            <Input value={sites} maxLength={20_000} onChange={(event) => setSites(event.target.value)} />
          </Field>
          <Radio.Group
            value={way}
            onChange={(event) => setWay(event.target.value === 'folder' ? 'folder' : 'zip')}
            options={[
              { value: 'zip', label: t('paperDay.asZip') },
              { value: 'folder', label: t('paperDay.intoFolder') },
            ]}
          />
          {way === 'folder' && (
            <FolderField client={centre} label={t('paperDay.folder')} value={folder} onChange={setFolder} />
          )}
          {written && <p role="status">{t('paperDay.written2', { ...written })}</p>}
        </Form>
      )}
    </DialogButton>
  );
}
