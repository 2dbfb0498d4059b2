/** Загрузка результатов, 上传: archives of scans go in here, and the list says what came of each. */
import { useState, type ReactNode } from 'react';
import { Input, Segmented } from 'antd';
import { SearchOutlined } from '@ant-design/icons';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { NowLine } from '../../../../ui/now-line.tsx';
import { RefusalAlert } from '../../../../ui/refusal-text.tsx';
import { useRoleGate } from '../../../../ui/role-gate.ts';
import { useText } from '../../../../ui/text.ts';
import { useLive } from '../../../../ui/use-live.ts';
import { scanUploadContract, type UploadFilter } from '../../../scans/uploads/contract.ts';
import type { ScansPartProps } from '../scans-page.tsx';
import { UploadPage } from '../review/upload-page.tsx';
import { ArchiveDrop } from './archive-drop.tsx';
import { UploadList } from './upload-list.tsx';

const pageSize = 50;
const shows = ['all', 'open', 'attention'] as const;

/** Address: `scans / project / uploads`, or what lies below it: one upload. */
export function UploadsPage(props: ScansPartProps): ReactNode {
  return props.parts[0] === undefined ? <AllUploads {...props} /> : <UploadPage {...props} />;
}

function AllUploads({ centre, project, go }: ScansPartProps): ReactNode {
  const t = useText();
  const gate = useRoleGate(scanUploadContract.expect);
  const [filter, setFilter] = useState<Pick<UploadFilter, 'search' | 'show'>>({ search: '', show: 'all' });
  const [page, setPage] = useState(1);
  const [sending, setSending] = useState<readonly string[]>([]);
  const change = (part: Partial<typeof filter>): void => {
    setFilter({ ...filter, ...part });
    setPage(1);
  };
  const asked = { projectId: project.id, ...filter, offset: (page - 1) * pageSize, limit: pageSize };
  const live = useLive(JSON.stringify(asked), (signal) => centre.scanUpload.live(asked, { signal }));
  const uploads = live.value;
  const plain = filter.search === '' && filter.show === 'all';
  return (
    <div className="stack">
      <h1 className="only-read">{t('scanUpload.title')}</h1>
      <NowLine>{t('scanUpload.how')}</NowLine>
      {gate.allowed && <ArchiveDrop centre={centre} project={project} onSending={setSending} />}
      {live.refusal && !uploads && <RefusalAlert refusal={live.refusal} />}
      {(!plain || (uploads?.total ?? 0) > 0) && (
        <div className="toolbar">
          <Segmented
            value={filter.show}
            onChange={(show) => change({ show })}
            options={shows.map((value) => ({ value, label: t(`scanUpload.show.${value}`) }))}
          />
          <Input
            prefix={<SearchOutlined aria-hidden />}
            className="find"
            allowClear
            placeholder={t('scanUpload.search')}
            aria-label={t('scanUpload.search')}
            value={filter.search}
            onChange={(event) => change({ search: event.target.value.slice(0, 100) })}
          />
          {uploads && <span className="soft">{t('scanUpload.found', { total: uploads.total })}</span>}
        </div>
      )}
      {uploads?.total === 0 && (
        <EmptyState
          title={t(plain ? 'scanUpload.none' : 'scanUpload.noneFound')}
          todo={t(plain ? 'scanUpload.noneTodo' : 'scanUpload.noneFoundTodo')}
        />
      )}
      {uploads && uploads.total > 0 && (
        <UploadList
          {...{ centre, project, uploads, sending, page, pageSize, onPage: setPage }}
          open={(id) => go(id)}
        />
      )}
    </div>
  );
}
