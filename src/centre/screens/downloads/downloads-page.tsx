/** What the centre gives out (Distr): installers, manuals and tools, where they lie, and whether they are what the list names. */
import { useState, type ReactNode } from 'react';
import { Alert, Input } from 'antd';
import { listName } from '../../../exam/distribution/listed.ts';
import { uploadFile } from '../../../ui/client.ts';
import { DialogButton } from '../../../ui/dialog.tsx';
import { DistributedFiles } from '../../../ui/distribution/distributed-files.tsx';
import { SeveralFiles } from '../../../ui/distribution/several-files.tsx';
import { DownloadButton } from '../../../ui/download-button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { screenGate } from '../../../ui/gate-button.tsx';
import { NowLine } from '../../../ui/now-line.tsx';
import { RefusalAlert } from '../../../ui/refusal-text.tsx';
import { both, useRoleGate } from '../../../ui/role-gate.ts';
import { useText } from '../../../ui/text.ts';
import { useLive } from '../../../ui/use-live.ts';
import { distributionContract, type DistributionView } from '../../distribution/contract.ts';
import type { CentreClient } from '../centre-console.tsx';

export function DownloadsPage({ centre }: { centre: CentreClient }): ReactNode {
  const t = useText();
  const { value: view, refusal } = useLive('downloads', (signal) =>
    centre.distribution.live(undefined, { signal }),
  );
  const administers = useRoleGate(distributionContract.take);
  if (!view) return refusal && <RefusalAlert refusal={refusal} />;
  const wrong = view.files.filter(({ state }) => state !== 'whole' && state !== 'checking').length;
  const none = view.problem?.type === 'no-distribution' && view.own;
  return (
    <div className="stack">
      <h1 className="only-read">{t('phase.downloads')}</h1>
      <NowLine
        action={
          <>
            <ChooseFolder centre={centre} view={view} gate={administers} />
            <DialogButton
              type={none ? 'primary' : 'default'}
              label={t('distribution.addFiles')}
              gate={both(
                administers,
                screenGate(view.own, 'distribution-folder-elsewhere', { path: view.folder }),
              )}
            >
              {(close) => (
                <SeveralFiles
                  hint={t('distribution.addFilesHint')}
                  first={listName}
                  take={async (file, onProgress) => {
                    await centre.distribution.take({ uploadId: await uploadFile(file, onProgress) });
                  }}
                  done={close}
                />
              )}
            </DialogButton>
          </>
        }
      >
        {none
          ? t('distribution.nowNone')
          : view.problem !== null
            ? t('distribution.nowProblem')
            : wrong > 0
              ? t('distribution.nowWrong', { count: wrong })
              : t('distribution.nowWhole', { count: view.files.length })}
      </NowLine>
      <Facts
        of={[
          [
            t('distribution.folder'),
            <span key="folder" className="address">
              {view.folder}
            </span>,
          ],
        ]}
      />
      {view.problem !== null && !none && <RefusalAlert refusal={view.problem} />}
      {view.without.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('distribution.without', { systems: view.without.map(({ system }) => system) })}
          description={view.without.map(({ why }) => why).join('; ')}
        />
      )}
      {none ? (
        <EmptyState title={t('distribution.none')} todo={t('distribution.noneHere')} />
      ) : (
        view.problem === null && (
          <DistributedFiles
            files={view.files}
            actions={({ name, state }) => (
              <DownloadButton
                size="small"
                gate={screenGate(['whole', 'checking'].includes(state), `distributed-file-${state}`, {
                  name,
                })}
                make={() => centre.distribution.download({ name })}
              >
                {t('distribution.download')}
              </DownloadButton>
            )}
          />
        )
      )}
    </div>
  );
}

function ChooseFolder(props: {
  centre: CentreClient;
  view: DistributionView;
  gate: ReturnType<typeof useRoleGate>;
}): ReactNode {
  const t = useText();
  const { centre, view, gate } = props;
  const [folder, setFolder] = useState('');
  return (
    <DialogButton
      label={t('distribution.chooseFolder')}
      gate={gate}
      onOpen={() => setFolder(view.own ? '' : view.folder)}
    >
      {(close) => (
        <Form
          submit={t('distribution.useFolder')}
          onSubmit={async () => {
            await centre.distribution.chooseFolder({ folder: folder.trim() === '' ? null : folder.trim() });
            close();
          }}
          onCancel={close}
        >
          <p>{t('distribution.chooseFolderText')}</p>
          <Field label={t('distribution.folder')} hint={t('distribution.folderHint')}>
            <Input
              value={folder}
              maxLength={500}
              autoComplete="off"
              onChange={(event) => setFolder(event.target.value)}
            />
          </Field>
        </Form>
      )}
    </DialogButton>
  );
}
