import type { site as en } from '../en/site.ts';
import type { SameKeys } from '../strings.ts';

export const site: SameKeys<typeof en> = {
  'site.firstStart': '考点首次启动',
  'site.code': '考点代码',
  'site.centreAddress': '中心地址',
  'site.registrationCode': '注册码',
  'site.lockPath': '考试锁密钥文件',
  'site.lockPin': '考试锁 PIN 码',
  'site.begin': '完成设置',
  'site.load': '装载考试',
  'site.fetch': '获取授权文件',
  'site.calibrate': '校准',
  'site.verify': '验证',
  'site.sealCheck': '执行封机检查',
  'site.monitor': '考场监控',
  'site.collection': '结果收集',
  'site.report': '上报中心',
  'site.backupFolder': '备份文件夹（外部存储）',
  'site.collectedAt': '已收',
  'site.receiptAt': '回执',
  'site.calibratedAt': '已校准',
  'site.verifiedAt': '已验证',
  'site.authorisedAt': '授权文件',
};
