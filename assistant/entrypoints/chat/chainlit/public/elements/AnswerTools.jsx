import { Download, ThumbsDown, ThumbsUp } from "lucide-react"
import { Button } from "@/components/ui/button"
import { useState } from "react"

// Was the answer helpful, and if not, why; and the conversation as a file.
export default function AnswerTools() {
  const { labels, reasons, turn, filename } = props
  const [rating, setRating] = useState("")
  const [reason, setReason] = useState("")
  const [comment, setComment] = useState("")
  const [asking, setAsking] = useState(false)
  const [said, setSaid] = useState("")

  const rate = async (value, why, words) => {
    setRating(value)
    const result = await callAction({ name: "rate", payload: { turn, rating: value, reason: why, comment: words } })
    setSaid(result?.response || labels.failed)
  }
  const praise = () => {
    setAsking(false)
    rate("up", "", "")
  }
  const complain = () => {
    setRating("down")
    setSaid("")
    setAsking(true)
  }
  const send = (event) => {
    event.preventDefault()
    setAsking(false)
    rate("down", reason, comment)
  }
  const save = async () => {
    const result = await callAction({ name: "export", payload: {} })
    if (!result?.response) return
    const link = document.createElement("a")
    link.href = URL.createObjectURL(new Blob([result.response], { type: "text/markdown" }))
    link.download = filename
    link.click()
    URL.revokeObjectURL(link.href)
  }
  const tool = "h-8 w-8 text-muted-foreground"

  return (
    <div className="answer-tools flex flex-col gap-2 text-sm">
      <div className="flex items-center gap-1">
        <Button variant="ghost" size="icon" className={tool} aria-label={labels.up} title={labels.up}
          aria-pressed={rating === "up"} onClick={praise}>
          <ThumbsUp className={rating === "up" ? "h-4 w-4 fill-current" : "h-4 w-4"} aria-hidden="true" />
        </Button>
        <Button variant="ghost" size="icon" className={tool} aria-label={labels.down} title={labels.down}
          aria-pressed={rating === "down"} onClick={complain}>
          <ThumbsDown className={rating === "down" ? "h-4 w-4 fill-current" : "h-4 w-4"} aria-hidden="true" />
        </Button>
        <Button variant="ghost" size="icon" className={tool} aria-label={labels.save} title={labels.save} onClick={save}>
          <Download className="h-4 w-4" aria-hidden="true" />
        </Button>
        <span role="status" className="text-muted-foreground">{said}</span>
      </div>
      {asking ? (
        <form className="flex flex-col gap-2 rounded-xl border p-3" onSubmit={send}>
          <fieldset className="flex flex-wrap gap-x-4 gap-y-1">
            <legend className="pb-1 font-medium">{labels.what}</legend>
            {Object.entries(reasons).map(([key, text]) => (
              <label key={key} className="flex items-center gap-1.5">
                <input type="radio" name={`reason-${turn}`} checked={reason === key} onChange={() => setReason(key)} />
                {text}
              </label>
            ))}
          </fieldset>
          <textarea
            className="rounded-md border bg-background p-2"
            rows={2}
            maxLength={1000}
            aria-label={labels.comment}
            placeholder={labels.comment}
            value={comment}
            onChange={(event) => setComment(event.target.value)}
          />
          <div>
            <Button type="submit" size="sm">{labels.send}</Button>
          </div>
        </form>
      ) : null}
    </div>
  )
}
