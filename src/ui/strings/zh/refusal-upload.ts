import type { refusalUpload as en } from '../en/refusal-upload.ts';
import type { SameKeys } from '../strings.ts';

/** What is wrong with an upload of scans. */
export const refusalUpload: SameKeys<typeof en> = {
  'refusal.upload-being-read': '该上传正在读取或已结束。|可逐页删除。',
  'refusal.upload-needs-no-password': '该上传已不需要密码。|请查看其状态。',
  'refusal.upload-expired': '该压缩包一周内没有任何进展，已放弃。|如仍缺少，请重新上传。',
  'refusal.scan-was-read': '该页已读取。|如号码有误，请手工输入。',
  'refusal.scan-image-not-kept': '未保存该页的图像。|请重新扫描该页。',
  'refusal.scan-archive-not-here': '该压缩包不在本机，例如恢复备份之后。|请重新上传；已有的页不会重复计数。',
  'refusal.scan-reading-failed':
    '读取压缩包时程序出错；压缩包已保留。|中心下次启动时将再次读取。请告知技术支持。',
  'refusal.archive-several-rooms':
    '压缩包中有 {count} 个考场的扫描件：{rooms}。|一个考场一个压缩包；请检查是否混放。',
};
