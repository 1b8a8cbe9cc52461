import { redirect } from 'next/navigation'

export default async function SettingsPage({ params }: { params: Promise<{ team: string }> }) {
  redirect(`/t/${(await params).team}/settings/profile`)
}
