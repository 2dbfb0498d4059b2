import type { storage as en } from '../en/storage.ts';
import type { SameKeys } from '../strings.ts';

export const storage: SameKeys<typeof en> = {
  'refusal.database-unreachable':
    '无法连接数据库 {host}，未做任何更改。|系统将自动重试，请检查数据库及其网络。',
  'refusal.database-refused':
    '数据库 {host} 的 {database} 拒绝访问：{problem}。|请检查数据库名称、账号和权限。',
  'refusal.blob-store-unreachable': '无法连接对象存储 {host}，未做任何更改。|请重试，并检查存储及其网络。',
  'refusal.blob-store-refused': '对象存储 {host} 拒绝访问：{problem}。|请检查存储桶、凭据和本机时钟。',
  'refusal.blob-damaged': '已存文件损坏：{digest}。|请从备份恢复。',
  'refusal.changed-meanwhile': '项目刚刚被他人修改。|请查看后重新发布。',
  'refusal.answer-files-missing': '作答文件尚未到达：{files}。|请保持机位开机并联网，系统将自动发送。',
  'refusal.answer-files-missing-of':
    '缺少以下考生的作答文件：{candidates}。|请启动其机位，系统将自动重新发送。',
  'refusal.result-file-missing': '上报数据缺少作答所引用的文件。|请考场重新上报。',
  'refusal.no-such-file': '没有该文件。',
};
