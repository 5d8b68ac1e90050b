import { Button } from "@/components/ui/button"
import { useState } from "react"

// What may be asked next with one click.
export default function Followups() {
  const [started, setStarted] = useState(false)
  const { question, replies, fresh, turn } = props
  const startAfresh = () => {
    setStarted(true)
    callAction({ name: "start_afresh", payload: { turn } })
  }
  return (
    <div className="followups flex flex-col gap-2">
      {replies.length ? (
        <div className="flex flex-wrap gap-2" role="group" aria-label={question}>
          {replies.map((reply) => (
            <Button key={reply} variant="outline" size="sm" className="rounded-3xl" onClick={() => sendUserMessage(reply)}>
              {reply}
            </Button>
          ))}
        </div>
      ) : null}
      {fresh ? (
        <p className="flex flex-wrap items-center gap-2 text-sm text-muted-foreground">
          {fresh.notice}
          <Button variant="outline" size="sm" disabled={started} onClick={startAfresh}>
            {fresh.ask}
          </Button>
        </p>
      ) : null}
    </div>
  )
}
