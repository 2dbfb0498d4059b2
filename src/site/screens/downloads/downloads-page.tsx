/** What the centre gives out, brought to this computer and from here to a stick; and whether this program is older than the newest. */
import type { ReactNode } from 'react';
import { Alert, Progress } from 'antd';
import { ActButton } from '../../../ui/act-button.tsx';
import { DistributedFiles } from '../../../ui/distribution/distributed-files.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { DownloadButton } from '../../../ui/download-button.tsx';
import { dateTime, bytes } from '../../../ui/format.ts';
import { screenGate } from '../../../ui/gate-button.tsx';
import { NowLine } from '../../../ui/now-line.tsx';
import { RefusalAlert } from '../../../ui/refusal-text.tsx';
import { both, useRoleGate } from '../../../ui/role-gate.ts';
import { useText, type Text } from '../../../ui/text.ts';
import { useLive } from '../../../ui/use-live.ts';
import { compareVersions } from '../../../base/version.ts';
import { distributionContract, type SiteDownloads } from '../../distribution/contract.ts';
import type { SiteClient } from '../site-console.tsx';

export function DownloadsPage({ site }: { site: SiteClient }): ReactNode {
  const t = useText();
  const { value: view, refusal } = useLive('downloads', (signal) =>
    site.distribution.live(undefined, { signal }),
  );
  const role = useRoleGate(distributionContract.fetch);
  if (!view) return refusal && <RefusalAlert refusal={refusal} />;
  const { fetching, failed } = view;
  const none = view.problem?.type === 'no-distribution' && view.files.length === 0;
  return (
    <div className="stack">
      <h1 className="only-read">{t('phase.downloads')}</h1>
      <NowLine>{nowWords(t, view)}</NowLine>
      {view.problem !== null && !none && (
        <Alert
          type="warning"
          showIcon
          title={t('distribution.asOf', { at: dateTime(view.at) })}
          description={t.find(`refusal.${view.problem.type}`, view.problem)?.replace('|', ' ')}
        />
      )}
      {fetching && (
        <section className="panel" role="status">
          <strong>{t('distribution.fetching', { name: fetching.name })}</strong>
          <Progress
            percent={Math.floor((100 * fetching.bytes) / Math.max(1, fetching.size))}
            status="active"
            aria-label={fetching.name}
          />
          {t('distribution.fetched', {
            done: bytes(fetching.bytes, t.language),
            all: bytes(fetching.size, t.language),
          })}
        </section>
      )}
      {failed && (
        <div>
          <strong>{t('distribution.failed', { name: failed.name })}</strong>
          <RefusalAlert refusal={failed.why} />
        </div>
      )}
      {none && <EmptyState title={t('distribution.none')} todo={t('distribution.noneAtCentre')} />}
      {!none && (
        <DistributedFiles
          files={view.files}
          actions={({ name, state, here }) =>
            here ? (
              <DownloadButton
                size="small"
                type="primary"
                gate={role}
                make={() => site.distribution.download({ name })}
              >
                {t('distribution.save')}
              </DownloadButton>
            ) : (
              <ActButton
                size="small"
                gate={both(
                  role,
                  screenGate(['whole', 'checking'].includes(state), `distributed-file-${state}`, { name }),
                )}
                act={() => site.distribution.fetch({ name })}
              >
                {t('distribution.fetch')}
              </ActButton>
            )
          }
        />
      )}
    </div>
  );
}

function nowWords(t: Text, { own, newest, files }: SiteDownloads): string {
  if (newest !== null && compareVersions(own, newest) < 0) return t('distribution.nowOlder', { own, newest });
  if (files.length === 0) return t('distribution.nowNothing');
  return newest === null ? t('distribution.nowFiles') : t('distribution.nowNewest', { own });
}
